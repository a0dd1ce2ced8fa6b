/** Replaces node-fetch in the bundle: tfjs imports it to load models from the web, which Digits never does. */
export default function noFetch(): never {
  throw new Error('Digits uses no network.');
}
