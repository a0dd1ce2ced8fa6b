/** Stands in the bundle for node-fetch, which tfjs asks for to load models from the web: nothing of Digits does. */
export default function noFetch(): never {
  throw new Error('Digits uses no network.');
}
