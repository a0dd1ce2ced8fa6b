/** Selects misclassified images by class index; undefined is any class. */
export interface ExampleFilter {
  readonly label: number | undefined;
  readonly predicted: number | undefined;
}

/** Matches all images. */
export const everything: ExampleFilter = { label: undefined, predicted: undefined };

export function sameFilter(a: ExampleFilter, b: ExampleFilter): boolean {
  return a.label === b.label && a.predicted === b.predicted;
}

/** Whether the filter matches an image of class `label` predicted as `predicted`. */
export function passes(
  { label, predicted }: ExampleFilter,
  example: { readonly label: number; readonly predicted: number },
): boolean {
  return (
    (label === undefined || label === example.label) && (predicted === undefined || predicted === example.predicted)
  );
}

/** Describes a filter: "true 4 → predicted 9", "predicted 9"; empty if it matches all. `classes`: their labels. */
export function filterWords({ label, predicted }: ExampleFilter, classes: readonly number[]): string {
  return [
    ...(label === undefined ? [] : [`true ${classes[label]!}`]),
    ...(predicted === undefined ? [] : [`predicted ${classes[predicted]!}`]),
  ].join(' → ');
}
