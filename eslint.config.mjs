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
].map(selector => [selector, 'Only src/core/atomicFile.ts writes files, so that none is ever half-written.']);
/** What would run text as code, or as a page, or in a shell: names of files and what is in them come from anybody. */
const textAsCode = [
  ['MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/]', 'Text becomes a page by this: build elements, or let preact do it.'],
  ['MemberExpression[object.name="document"][property.name=/^writeln?$/]', 'Text becomes a page by this: build elements, or let preact do it.'],
  [':matches(Identifier, JSXIdentifier)[name="dangerouslySetInnerHTML"]', 'Text becomes a page by this: give preact children.'],
  ['ImportDeclaration[source.value=/child_process$/] > :matches(ImportSpecifier[imported.name=/^exec(Sync)?$/], ImportDefaultSpecifier, ImportNamespaceSpecifier)', 'A shell reads names of files as commands: import fork or execFile by name.'],
  ['Property[key.name="shell"]', 'A shell reads names of files as commands.'],
  [':matches(AssignmentExpression[left.property.name=/^(isTrusted|supportHtml)$/], Property[key.name=/^(isTrusted|supportHtml)$/])', 'Markdown with text of files in it runs no commands and has no HTML.'],
];
/** Nothing leaves the machine. */
const network = [
  ['ImportDeclaration[source.value=/^(node:)?(http|https|http2|net|tls|dns|dgram)(\\u002f|$)/]', 'Digits uses no network.'],
  ['MemberExpression[object.name=/^(globalThis|window|self)$/][property.name=/^(fetch|XMLHttpRequest|WebSocket|EventSource)$/]', 'Digits uses no network.'],
];
/** Names of files and titles of runs would be links in them. */
const notifications = [['MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]', 'src/host/say.ts shows notifications: names of files are in them.']];
const syntax = (...rules) => ({ 'no-restricted-syntax': ['error', ...rules.map(([selector, message]) => ({ selector, message }))] });

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
  {
    files: ['src/**', 'webview/**'],
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      'no-restricted-globals': ['error', ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map(name => ({ name, message: 'Digits uses no network.' }))],
      ...syntax(...textAsCode, ...network),
    },
  },
  { files: ['src/**'], ignores: ['src/core/atomicFile.ts'], rules: syntax(...writesFiles, ...textAsCode, ...network) },
  { files: ['src/host/**', 'src/extension.ts'], ignores: ['src/host/say.ts'], rules: syntax(...writesFiles, ...textAsCode, ...network, ...notifications) },
  // Replicas talk over socket pairs, or pipes with a name; the policy of the exported page lets it fetch what is in it alone.
  { files: ['src/training/peers.ts', 'src/training/exchange.ts', 'src/exported/tf.ts'], rules: syntax(...writesFiles, ...textAsCode) },
  { files: ['src/core/**'], rules: forbid(vscode, tfjs, outside, [['preact', '@tanstack/*'], 'src/core draws nothing.']) },
  { files: ['src/protocol/**'], rules: forbid(vscode, tfjs, processes) },
  { files: ['src/training/**'], rules: forbid(vscode, [['**/host/**', '**/cli/**', '**/extension'], processes[1]]) },
  { files: ['src/host/**'], rules: forbid(tfjs, [['**/training/**', '!**/protocol/training', '**/cli/**', '**/extension'], processes[1]]) },
  { files: ['src/cli/**'], rules: { ...forbid(vscode, tfjs, [['**/training/**', '!**/protocol/training', '**/host/**', '**/extension'], processes[1]]), 'no-console': 'off' } },
  { files: ['webview/**'], rules: forbid(vscode, tfjs, toolkit, [['node:*', '**/host/**', '**/training/**', '!**/protocol/training', '**/cli/**'], 'A webview imports protocol types and pure functions of src/core.']) },
  { files: ['webview/shared/ui.ts'], rules: forbid(vscode, tfjs) },
  { files: ['scripts/**', 'bench/**', 'test/**', '*.mjs'], rules: { 'no-console': 'off' } },
);
