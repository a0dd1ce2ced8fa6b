import { readPixelFile } from '../src/store/pixelFile/readPixelFile';

// Reads a pixel CSV once, as the training process does, beside bench/peers/read_csv.py. Usage: readCsv.js FILE

async function main(file: string): Promise<void> {
  const began = performance.now();
  const { labels } = await readPixelFile(file);
  console.log(JSON.stringify({ event: 'done', seconds: (performance.now() - began) / 1000, rows: labels?.length }));
}

void main(process.argv[2]!);
