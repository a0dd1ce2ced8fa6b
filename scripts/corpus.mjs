// npm run corpus [-- FOLDER]: writes the corpus of broken and odd CSVs, a folder each, into out/corpus/ or the folder named,
// with README.md that says what each is and what is right for it. The tests make it by themselves.
import fs from 'node:fs/promises';
import path from 'node:path';
import { loadTypeScript } from './lib/loadTypeScript.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { inRoot } from './lib/paths.mjs';
import { main, Problem, step } from './lib/step.mjs';

await main(async () => {
  const folder = path.resolve(process.argv[2] ?? inRoot('out', 'corpus'));
  await step('npm packages', ensurePackages);
  await step(`corpus in ${folder}`, async () => {
    const { corpus, specialFiles } = await loadTypeScript('test/fixtures/corpus/index.ts');
    const kinds = [
      ...corpus.map(({ content, ...odd }) => ({
        ...odd,
        make: place => fs.writeFile(path.join(place, 'train.csv'), content),
      })),
      ...specialFiles,
    ].sort((a, b) => (a.name < b.name ? -1 : 1));
    await fs.mkdir(folder, { recursive: true });
    const ours = new Set(['README.md', ...kinds.map(({ name }) => name)]);
    const foreign = (await fs.readdir(folder)).find(name => !ours.has(name));
    if (foreign !== undefined)
      throw new Problem(`${folder} holds other files, ${foreign} among them; name an empty folder or a new one.`);
    const lines = [];
    for (const { name, what, right, make } of kinds) {
      const place = path.join(folder, name);
      await fs.rm(place, { recursive: true, force: true });
      await fs.mkdir(place, { recursive: true });
      const missing = await make(place).then(
        () => '',
        error => ` Not made: ${error.message}.`,
      );
      lines.push(`- \`${name}\`: ${what} Right: ${described(right)}.${missing}\n`);
    }
    await fs.writeFile(path.join(folder, 'README.md'), `# Broken and odd CSVs\n\n${lines.join('')}`);
    return `${kinds.length} kinds`;
  });
});

function described(right) {
  if ('says' in right) return `the error \`${right.code}\`, as in \`${right.says.source}\``;
  const bad = right.problemCount ?? right.problems.size;
  return `${right.images.length} images${bad === 0 ? '' : `, ${bad} rows that can't be read`}`;
}
