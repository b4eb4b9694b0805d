/** Spelling of status fields in OpenAPI. */

/** A text field. */
export const text = (description: string) => ({ type: 'string', description });
