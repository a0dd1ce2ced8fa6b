import tseslint from 'typescript-eslint';

/** Forbids imports, each with the reason that the message gives. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
});

const vscode = [['vscode'], 'Only src/host and src/extension.ts know VS Code.'];
const tfjs = [['@tensorflow/*'], 'Only src/training loads TensorFlow.'];
const toolkit = [['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'], 'The toolkit is archived: only webview/shared/ui.ts imports it.'];
const outside = [['**/host/**', '**/training/**', '**/cli/**', '**/protocol/**', '**/extension'], 'src/core imports nothing outside src/core.'];
const processes = [['**/host/**', '**/training/**', '**/cli/**', '**/extension'], 'A process is reached by its protocol, not by import.'];

// What makes or changes a file, in Node and in VS Code: as a function, a method or an import. (`write` is also what tensors,
// buffers and streams have; where it is a file's, something of these has opened it.)
const writers = '/^(writeFile|appendFile|createWriteStream|copyFile|cp|rename|f?truncate|link|symlink|mkdtemp|applyEdit)(Sync)?$/';
const writesFiles = [
  `CallExpression[callee.name=${writers}]`,
  `CallExpression[callee.property.name=${writers}]`,
  `ImportSpecifier[imported.name=${writers}]`,
  `ObjectPattern > Property[key.name=${writers}]`,
  'CallExpression[callee.object.property.name="fs"][callee.property.name="copy"]',
  'CallExpression:matches([callee.name=/^open(Sync)?$/], [callee.property.name=/^open(Sync)?$/])[arguments.1.value=/[wax+]/]',
  'MemberExpression[property.name=/^O_(WRONLY|RDWR|CREAT|APPEND|TRUNC)$/]',
].map(selector => ({ selector, message: 'Only src/core/atomicFile.ts writes files, so that none is ever half-written.' }));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'sample/', '**/out/', '.vscode-test/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      // Indices into typed arrays and matches of patterns just tested: an assertion says it plainly.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.{ts,tsx}', 'test/**/*.ts', 'bench/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['src/core/**'], rules: forbid(vscode, tfjs, outside, [['preact', '@tanstack/*'], 'src/core draws nothing.']) },
  { files: ['src/**'], ignores: ['src/core/atomicFile.ts'], rules: { 'no-restricted-syntax': ['error', ...writesFiles] } },
  { files: ['src/protocol/**'], rules: forbid(vscode, tfjs, processes) },
  { files: ['src/training/**'], rules: forbid(vscode, [['**/host/**', '**/cli/**', '**/extension'], processes[1]]) },
  { files: ['src/host/**'], rules: forbid(tfjs, [['**/training/**', '!**/protocol/training', '**/cli/**', '**/extension'], processes[1]]) },
  { files: ['src/cli/**'], rules: { ...forbid(vscode, tfjs, [['**/training/**', '!**/protocol/training', '**/host/**', '**/extension'], processes[1]]), 'no-console': 'off' } },
  { files: ['webview/**'], rules: forbid(vscode, tfjs, toolkit, [['node:*', '**/host/**', '**/training/**', '!**/protocol/training', '**/cli/**'], 'A webview imports protocol types and pure functions of src/core.']) },
  { files: ['webview/shared/ui.ts'], rules: forbid(vscode, tfjs) },
  { files: ['scripts/**', 'bench/**', 'test/**', '*.mjs'], rules: { 'no-console': 'off' } },
);
