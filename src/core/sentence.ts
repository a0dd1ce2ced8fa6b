/**
 * A sentence for people as what is said and of what: the English text with {0}, {1} and so on for its arguments, by which a
 * translation is found, and these. It becomes text where it is shown.
 */
export interface Sentence {
  readonly template: string;
  readonly args: readonly string[];
}

/** Makes a sentence of a template literal: sentence`There is no file ${name}; check its name.` */
export function sentence(texts: TemplateStringsArray, ...values: readonly (string | number)[]): Sentence {
  return {
    template: texts.map((text, i) => (i === 0 ? text : `{${i - 1}}${text}`)).join(''),
    args: values.map(String),
  };
}

/** A sentence as text. `template`: its own, or a translation of it. */
export function fillIn(template: string, args: readonly string[]): string {
  return template.replace(/\{(\d+)\}/g, (place, index: string) => args[Number(index)] ?? place);
}

/** The sentence in English. */
export function inEnglish({ template, args }: Sentence): string {
  return fillIn(template, args);
}
