// page.js of an exported folder: paper to draw on, and the network's prediction.
import { percent } from '../../src/core/text';
import { bytesOf, loadNetwork, type Network } from '../../src/exported/network';
import type { ExportedExample, ExportedInfo } from '../../src/exported/exportedModel';
import { drawingToImage, type Point, type Stroke } from './drawing';

/** The side of the paper, in its own units. */
const PAPER = 280;
const PEN_WIDTH = 24;
/** Up to this many classes are shown in order; of more, only the most probable. */
const MOST_BARS = 12;
const TOP_BARS = 10;
/** A network that answers within this many milliseconds is also asked while the pen moves. */
const FAST = 50;

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const paper = element<HTMLCanvasElement>('paper');
const seen = element<HTMLCanvasElement>('seen');

const strokes: Point[][] = [];
/** The image to predict next; a newer one replaces it. */
let waiting: Float32Array | undefined;
let busy = false;
let lastTook = Infinity;

async function start(): Promise<void> {
  fitCanvas(paper, PAPER);
  drawPaper();
  const network = await loadNetwork();
  const { info, examples } = network.model;
  element('about').textContent = describe(info);
  showExamples(examples, network);
  clear();
  element('clear').addEventListener('click', clear);
  paper.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    paper.setPointerCapture(event.pointerId);
    strokes.push([pointOf(event)]);
    drawPaper();
  });
  paper.addEventListener('pointermove', event => {
    if (!paper.hasPointerCapture(event.pointerId)) return;
    const moves = event.getCoalescedEvents();
    strokes.at(-1)?.push(...(moves.length > 0 ? moves : [event]).map(pointOf));
    drawPaper();
    if (lastTook < FAST) classify(network, toImage(strokes, info));
  });
  const end = (event: PointerEvent): void => {
    if (paper.hasPointerCapture(event.pointerId)) paper.releasePointerCapture(event.pointerId);
    if (strokes.length > 0) classify(network, toImage(strokes, info));
  };
  paper.addEventListener('pointerup', end);
  paper.addEventListener('pointercancel', end);
  document.body.dataset['ready'] = 'true';
}

function clear(): void {
  strokes.length = 0;
  waiting = undefined;
  drawPaper();
  element('answer').textContent = 'Draw a digit.';
  element('bars').replaceChildren();
  seen.getContext('2d')?.clearRect(0, 0, seen.width, seen.height);
}

/** Converts a drawing to the values of the training images: integers up to full ink. */
function toImage(drawn: readonly Stroke[], { side, inkBox, fullInk }: ExportedInfo): Float32Array {
  return drawingToImage(drawn, PAPER, side, inkBox).map(value => Math.round(value * fullInk) / fullInk);
}

function classify(network: Network, image: Float32Array): void {
  waiting = image;
  if (!busy) void classifyWaiting(network);
}

async function classifyWaiting(network: Network): Promise<void> {
  busy = true;
  try {
    while (waiting) {
      const image: Float32Array = waiting;
      waiting = undefined;
      showImage(seen, image, network.model.info.side);
      // Let the browser paint the stroke before the network blocks the page.
      await new Promise(resolve => setTimeout(resolve));
      const began = performance.now();
      const probabilities = await network.predict(image);
      lastTook = performance.now() - began;
      // Unless the paper was cleared meanwhile.
      if (strokes.length > 0 || chosen) showAnswer(network.model.info.classes, probabilities);
    }
  } catch (error) {
    fail(error);
  } finally {
    busy = false;
  }
}

function showAnswer(classes: readonly number[], probabilities: Float32Array): void {
  const all = Array.from(probabilities, (probability, index) => ({ label: classes[index]!, probability }));
  const sorted = all.toSorted((a, b) => b.probability - a.probability);
  const best = sorted[0]!;
  element('answer').textContent = `${best.label} (${percent(best.probability, 1)})`;
  const shown = all.length <= MOST_BARS ? all : sorted.slice(0, TOP_BARS);
  element('bars').replaceChildren(
    ...shown.map(({ label, probability }) => {
      const bar = document.createElement('meter');
      bar.max = 1;
      bar.value = probability;
      bar.setAttribute('aria-hidden', 'true');
      return item(label === best.label, text('strong', String(label)), bar, text('span', percent(probability, 1)));
    }),
  );
}

function item(isBest: boolean, ...children: HTMLElement[]): HTMLLIElement {
  const line = document.createElement('li');
  if (isBest) line.className = 'best';
  line.append(...children);
  return line;
}

function text(tag: 'strong' | 'span', content: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = content;
  return made;
}

/** The chosen example, while the paper shows no drawing. */
let chosen: ExportedExample | undefined;

function showExamples(examples: readonly ExportedExample[], network: Network): void {
  const { side, fullInk } = network.model.info;
  element('examples').hidden = examples.length === 0;
  element('example-list').replaceChildren(
    ...examples.map(example => {
      const image = Float32Array.from(bytesOf(example.pixels), value => value / fullInk);
      const button = document.createElement('button');
      const picture = document.createElement('canvas');
      showImage(picture, image, side);
      button.type = 'button';
      button.setAttribute('aria-label', `An image with the label ${example.label}`);
      button.append(picture);
      button.addEventListener('click', () => {
        clear();
        chosen = example;
        drawPaper();
        const context = paper.getContext('2d')!;
        context.imageSmoothingEnabled = false;
        context.drawImage(picture, 0, 0, PAPER, PAPER);
        classify(network, image);
      });
      return button;
    }),
  );
}

function showImage(canvas: HTMLCanvasElement, image: Float32Array, side: number): void {
  canvas.width = canvas.height = side;
  const pixels = new ImageData(side, side);
  image.forEach((value, i) =>
    pixels.data.set(
      [0, 0, 0, 255].map((part, k) => (k === 3 ? part : Math.round(255 * (1 - value)))),
      i * 4,
    ),
  );
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}

function drawPaper(): void {
  const context = paper.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, PAPER, PAPER);
  context.strokeStyle = '#000';
  context.lineWidth = PEN_WIDTH;
  context.lineCap = context.lineJoin = 'round';
  if (strokes.length > 0) chosen = undefined;
  for (const stroke of strokes) {
    context.beginPath();
    stroke.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    // A click draws a dot.
    if (stroke.length === 1) context.lineTo(stroke[0]!.x, stroke[0]!.y);
    context.stroke();
  }
}

/** Gives a canvas one pixel per device pixel, whatever the zoom. */
function fitCanvas(canvas: HTMLCanvasElement, size: number): void {
  const ratio = Math.max(devicePixelRatio, 1);
  canvas.width = canvas.height = Math.round(size * ratio);
  canvas.getContext('2d')?.scale(canvas.width / size, canvas.height / size);
}

function pointOf({ clientX, clientY }: PointerEvent): Point {
  const { left, top, width, height } = paper.getBoundingClientRect();
  return { x: ((clientX - left) / width) * PAPER, y: ((clientY - top) / height) * PAPER };
}

function describe({ preset, created, valAccuracy, side, classes }: ExportedInfo): string {
  const trained = new Date(created).toLocaleDateString('en-GB', { dateStyle: 'long' });
  const right = valAccuracy === undefined ? '' : `, right on ${percent(valAccuracy, 1)} of its validation images`;
  return `Trained with the preset ${preset} on ${trained}${right}. It takes images of ${side} × ${side} pixels and knows ${classes.length} classes. All of it runs in this page.`;
}

function fail(error: unknown): void {
  const problem = element('problem');
  problem.textContent = `The network could not be run in this browser: ${error instanceof Error ? error.message : String(error)}`;
  problem.hidden = false;
}

start().catch(fail);
