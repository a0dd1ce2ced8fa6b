import type { ExportedInfo } from '../../exported/exportedModel';
import { percent } from '../../core/text';

/** index.html of an exported folder. It may run its own scripts, the WebAssembly in them, and nothing else: it can reach no network. `nonce`: base64. */
export function exportedPage(nonce: string): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}' 'wasm-unsafe-eval'; style-src 'nonce-${nonce}'; connect-src data:`;
  const script = (name: string): string => `<script defer nonce="${nonce}" src="${name}"></script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Digit classifier</title>
<link rel="stylesheet" nonce="${nonce}" href="page.css">
${['tf.js', 'model.js', 'page.js'].map(script).join('\n')}
</head>
<body>
<h1>Digit classifier</h1>
<p id="about">Loading the network…</p>
<p id="problem" role="alert" hidden></p>
<main>
<section aria-label="Drawing">
<canvas id="paper" role="img" aria-label="Paper to draw a digit on, with mouse, finger or pen"></canvas>
<div class="below">
<button type="button" id="clear">Clear</button>
<figure><figcaption>What the network sees</figcaption><canvas id="seen" aria-hidden="true"></canvas></figure>
</div>
</section>
<section class="result" aria-label="What the network says">
<output id="answer"></output>
<ul id="bars" aria-label="Probabilities"></ul>
</section>
</main>
<section id="examples" hidden>
<h2>Or pick an image</h2>
<div id="example-list"></div>
</section>
</body>
</html>
`;
}

/** README.md of an exported folder. */
export function exportedReadme(
  { run, preset, valAccuracy, classes, side, fullInk }: ExportedInfo,
  modelFile: string,
): string {
  const right = valAccuracy === undefined ? '' : ` It gets ${percent(valAccuracy)} of its validation images right.`;
  return `# A digit classifier

A network trained by Digits: run \`${run.replaceAll('`', "'")}\`, preset ${preset}.${right} Everything here works offline.

## The page

Open \`index.html\` in a browser, by a double click or from any web server, draw a digit and see what the network makes of it.

## The script

\`\`\`sh
node classify.mjs test.csv > predictions.csv
\`\`\`

predicts every row of a pixel CSV. It needs Node 20 or later and no packages. With \`--probabilities\` it prints those of
all classes; where the file has labels, it says at the end how many were right.

## In a program of your own

\`model.json\` and \`${modelFile}\` are a TensorFlow.js layers model of standard layers:

\`\`\`js
const model = await tf.loadLayersModel('model.json');
const probabilities = model.predict(images);
\`\`\`

\`images\` is a tensor [n, ${side}, ${side}, 1]: 0 is paper and 1 is ink, which is to say pixel values divided by ${fullInk}. The network's
outputs are the probabilities of the labels ${classes.join(', ')}, in this order. \`digits.json\` says the same for programs.

## The files

| file | what |
|---|---|
| \`index.html\`, \`page.css\`, \`page.js\` | the page |
| \`classify.mjs\` | the script |
| \`model.js\` | the network for both, weights included |
| \`tf.js\` | [TensorFlow.js](https://www.tensorflow.org/js) 4.22.0 with its WebAssembly and JavaScript backends, Apache License 2.0 |
| \`model.json\`, \`${modelFile}\` | the network for other programs |
| \`digits.json\` | what its images and outputs are |
`;
}
