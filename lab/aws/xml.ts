/** Reads and writes the XML of AWS's query protocol. */
import { XMLBuilder, XMLParser } from 'fast-xml-parser';

/** An element with its children by name; a name that comes twice is a list. Text is never made a number. */
export type Element = { [name: string]: Node | Node[] | undefined };

/** Text or an element. */
export type Node = string | Element;

const OPTIONS = { ignoreAttributes: false, attributeNamePrefix: '@' } as const;
const parser = new XMLParser({
  ...OPTIONS,
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
});
const builder = new XMLBuilder({ ...OPTIONS, suppressEmptyNode: true });

/** The document as an element. */
export const parseXml = (text: string | Buffer) => parser.parse(text) as Element;

/** The XML of the children of an element. */
export const buildXml = (element: Element) => builder.build(element) as string;

/** Text, safe between tags. */
export const escaped = (text: string) => buildXml({ t: text }).slice('<t>'.length, -'</t>'.length);

/** The child's text; empty when there is none. */
export const textIn = (element: Element, name: string): string => {
  const child = element[name];
  return typeof child === 'string' ? child : '';
};

/** The elements called `name` inside the child `list`, as AWS wraps lists. */
export function listIn(element: Element, list: string, name: string): Element[] {
  const wrapper = element[list];
  return isElement(wrapper) ? many(wrapper[name]).filter(isElement) : [];
}

/** Every element, at any depth, that has a child called `name`. */
export function elementsWith(element: Element, name: string): Element[] {
  const inside = Object.values(element).flatMap((child) => many(child).filter(isElement));
  const found = inside.flatMap((one) => elementsWith(one, name));
  return element[name] === undefined ? found : [element, ...found];
}

const many = (child: Node | Node[] | undefined): Node[] =>
  child === undefined ? [] : Array.isArray(child) ? child : [child];

const isElement = (child: Node | Node[] | undefined): child is Element =>
  typeof child === 'object' && !Array.isArray(child);
