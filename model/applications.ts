/** The application that delivers the regional claim, and nothing else: people on call and freezes know it by its name. */
export const PRIMARY_REGION_APPLICATION = 'primary-region';
