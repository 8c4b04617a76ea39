// Packages that ship ES modules only, which jest has to turn into CommonJS.
const esModules = [
  '@codemirror',
  '@jupyter',
  '@jupyterlab',
  '@lezer',
  '@marijn',
  '@microsoft',
  'color',
  'exenv-es6',
  'lib0',
  'marked',
  'nanoid',
  'vscode-ws-jsonrpc',
  'y-protocols',
  'y-websocket',
  'yjs'
].join('|');

module.exports = {
  clearMocks: true,
  restoreMocks: true,
  moduleFileExtensions: ['ts', 'tsx', 'js', 'jsx', 'json', 'mjs', 'cjs'],
  moduleNameMapper: {
    '\\.css$': 'identity-obj-proxy',
    '\\.(gif|ttf|eot)$': '@jupyterlab/testing/lib/jest-file-mock.js'
  },
  resolver: '@jupyterlab/testing/lib/jest-resolver.js',
  roots: ['<rootDir>/src'],
  setupFiles: ['@jupyterlab/testing/lib/jest-shim.js'],
  testEnvironment: '@jupyterlab/testing/lib/jest-env.js',
  testMatch: ['**/__tests__/**/*.spec.ts', '**/__tests__/**/*.spec.tsx'],
  // Generous: other work may share the machine's two cores.
  testTimeout: 30000,
  transform: {
    '\\.svg$': '@jupyterlab/testing/lib/jest-raw-loader.js',
    // Types are checked by `make types`; here they are only taken off.
    '\\.[cm]?[jt]sx?$': [
      'ts-jest',
      {
        tsconfig: '<rootDir>/tsconfig.test.json',
        diagnostics: false
      }
    ]
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules})).+`]
};
