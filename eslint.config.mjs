import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { filesOf, forbiddenTo, guarded, rooms } from './scripts/lib/rooms.mjs';

/** Guarded packages that a room may not import, and `more`, each with the reason that the message gives. */
const packages = (allowed, ...more) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: Object.entries(guarded)
        .filter(([name]) => !allowed.includes(name))
        .map(([, { specifier, reason }]) => ({ regex: specifier, message: reason }))
        .concat(more.map(([group, message]) => ({ group, message }))),
    },
  ],
});
const toolkit = [
  ['@vscode/webview-ui-toolkit', '@vscode/webview-ui-toolkit/*'],
  'The toolkit is archived: only webview/shared/ui.ts imports it.',
];

// What makes or changes a file, in Node and in VS Code: as a function, a method or an import. (`write` is also what tensors,
// buffers and streams have; where it is a file's, something of these has opened it.)
const writers =
  '/^(writeFile|appendFile|createWriteStream|copyFile|cp|rename|f?truncate|link|symlink|mkdtemp|applyEdit)(Sync)?$/';
const writesFiles = [
  `CallExpression[callee.name=${writers}]`,
  `CallExpression[callee.property.name=${writers}]`,
  `ImportSpecifier[imported.name=${writers}]`,
  `ObjectPattern > Property[key.name=${writers}]`,
  'CallExpression[callee.object.property.name="fs"][callee.property.name="copy"]',
  'CallExpression:matches([callee.name=/^open(Sync)?$/], [callee.property.name=/^open(Sync)?$/])[arguments.1.value=/[wax+]/]',
  'MemberExpression[property.name=/^O_(WRONLY|RDWR|CREAT|APPEND|TRUNC)$/]',
].map(selector => [selector, 'Only src/store/atomicFile.ts writes files, so that none is ever half-written.']);
/** What would run text as code, or as a page, or in a shell: names of files and what is in them come from anybody. */
const textAsCode = [
  [
    'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe)$/]',
    'Text becomes a page by this: build elements, or let preact do it.',
  ],
  [
    'MemberExpression[object.name="document"][property.name=/^writeln?$/]',
    'Text becomes a page by this: build elements, or let preact do it.',
  ],
  [
    ':matches(Identifier, JSXIdentifier)[name="dangerouslySetInnerHTML"]',
    'Text becomes a page by this: give preact children.',
  ],
  [
    'ImportDeclaration[source.value=/child_process$/] > :matches(ImportSpecifier[imported.name=/^exec(Sync)?$/], ImportDefaultSpecifier, ImportNamespaceSpecifier)',
    'A shell reads names of files as commands: import fork or execFile by name.',
  ],
  ['Property[key.name="shell"]', 'A shell reads names of files as commands.'],
  [
    ':matches(AssignmentExpression[left.property.name=/^(isTrusted|supportHtml)$/], Property[key.name=/^(isTrusted|supportHtml)$/])',
    'Markdown with text of files in it runs no commands and has no HTML.',
  ],
];
/** Nothing leaves the machine. */
const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'].map(name => ({
  name,
  message: 'Digits uses no network.',
}));
const network = [
  [
    'ImportDeclaration[source.value=/^(node:)?(http|https|http2|net|tls|dns|dgram)(\\u002f|$)/]',
    'Digits uses no network.',
  ],
  [
    'MemberExpression[object.name=/^(globalThis|window|self)$/][property.name=/^(fetch|XMLHttpRequest|WebSocket|EventSource)$/]',
    'Digits uses no network.',
  ],
];
/** Of an import that is computed, or made late, the rules for rooms and packages see nothing. */
const lateImports = [
  ['ImportExpression', 'Import at the top: who imports whom is checked there. Only engines are loaded late.'],
];
/** Names of files and titles of runs would be links in them. */
const notifications = [
  [
    'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
    'src/host/say.ts shows notifications: names of files are in them.',
  ],
];
/** What is in no room, and so in nothing that ships. */
const outside = ['scripts/**', 'bench/**', 'test/**'];
/** What only Node or only a browser has. */
const ofOneHost = ['Buffer', 'process', 'setImmediate', '__dirname', 'window', 'document'];
const EVERYWHERE = 'This room runs in Node, in browsers and in exported pages.';
const hostMembers = [
  [`MemberExpression[object.name="globalThis"][property.name=/^(${ofOneHost.join('|')})$/]`, EVERYWHERE],
];
const syntax = (...rules) => ({
  'no-restricted-syntax': ['error', ...rules.map(([selector, message]) => ({ selector, message }))],
});

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
      'no-restricted-globals': ['error', ...networkGlobals],
      ...syntax(...textAsCode, ...network, ...lateImports),
    },
  },
  {
    files: ['src/**'],
    ignores: ['src/store/atomicFile.ts'],
    rules: syntax(...writesFiles, ...textAsCode, ...network, ...lateImports),
  },
  {
    files: ['src/training/engine/native.ts', 'src/training/engine/portable.ts'],
    rules: syntax(...writesFiles, ...textAsCode, ...network),
  },
  {
    files: ['src/host/**', 'src/extension.ts'],
    ignores: ['src/host/say.ts'],
    rules: syntax(...writesFiles, ...textAsCode, ...network, ...lateImports, ...notifications),
  },
  // Replicas talk over socket pairs, or pipes with a name; the policy of the exported page lets it fetch what is in it alone.
  {
    files: ['src/training/distributed/peers.ts', 'src/training/distributed/allReduce.ts', 'src/exported/tf.ts'],
    rules: syntax(...writesFiles, ...textAsCode, ...lateImports),
  },
  // Who imports whom: scripts/lib/rooms.mjs.
  {
    files: ['src/**/*.ts', 'webview/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx', '.mjs', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'] })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-duplicates': 'error',
      'import-x/no-unresolved': ['error', { ignore: ['^vscode$'] }],
      'import-x/no-restricted-paths': [
        'error',
        {
          zones: rooms.map(room => ({
            target: `./${filesOf(room)}`,
            from: [...forbiddenTo(room).map(filesOf), ...outside].map(place => `./${place}`),
            message: `${room.name} may import ${room.mayImport.join(', ') || 'no other room'} (scripts/lib/rooms.mjs).`,
          })),
        },
      ],
    },
  },
  ...rooms.map(room => ({ files: [filesOf(room)], rules: packages(room.packages, toolkit) })),
  { files: ['webview/shared/ui.ts'], rules: packages(['preact']) },
  {
    files: ['src/core/**', 'src/protocol/**'],
    rules: {
      'no-restricted-globals': ['error', ...ofOneHost.map(name => ({ name, message: EVERYWHERE })), ...networkGlobals],
      ...syntax(...writesFiles, ...textAsCode, ...network, ...lateImports, ...hostMembers),
    },
  },
  { files: ['src/cli/**'], rules: { 'no-console': 'off' } },
  { files: ['scripts/**', 'bench/**', 'test/**', '*.mjs'], rules: { 'no-console': 'off' } },
);
