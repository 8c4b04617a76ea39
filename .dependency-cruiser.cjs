// Who may import whom: plugins -> widgets -> tokens <- manager -> api -> _schema.
const tests = '/__tests__/';
const from = path => ({ path, pathNot: tests });

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A circle has no bottom: split out what both need.',
      severity: 'error',
      from: {},
      to: { circular: true }
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this module: dead code?',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [tests, '^src/index\\.ts$', '\\.d\\.ts$']
      },
      to: {}
    },
    {
      name: 'not-to-unresolvable',
      comment: 'The module cannot be found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true }
    },
    {
      name: 'only-declared-packages',
      comment:
        'What ships may use only what package.json lists under dependencies.',
      severity: 'error',
      from: from('^src/'),
      to: {
        dependencyTypes: [
          'npm-dev',
          'npm-no-pkg',
          'npm-unknown',
          'npm-optional'
        ],
        dependencyTypesNot: ['type-only']
      }
    },
    {
      name: 'index-only-plugins',
      comment: 'index.ts is the array of plugins and nothing else.',
      severity: 'error',
      from: from('^src/index\\.ts$'),
      to: { path: '^src/', pathNot: ['^src/plugins/', '^src/tokens\\.ts$'] }
    },
    {
      name: 'only-the-manager-plugin-makes-a-manager',
      comment: 'Everybody else asks for the IClusterManager token.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [tests, '^src/plugins/manager\\.ts$', '^src/manager(\\.ts|/)']
      },
      to: { path: '^src/manager(\\.ts|/)' }
    },
    {
      name: 'only-the-manager-calls-the-server',
      comment:
        'api.ts is the manager’s; views and plugins go through IClusterManager and commands.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          tests,
          '^src/manager(\\.ts|/)',
          '^src/plugins/manager\\.ts$',
          '^src/api(\\.ts|/)'
        ]
      },
      to: { path: '^src/api(\\.ts|/)' }
    },
    {
      name: 'widgets-see-tokens-only',
      comment:
        'Views use tokens, other views and their helpers, never a plugin.',
      severity: 'error',
      from: from('^src/widgets/'),
      to: { path: '^src/(plugins/|index\\.ts)' }
    },
    {
      name: 'tokens-see-types-only',
      comment:
        'tokens.ts is what other extensions use: it stands on the wire types alone.',
      severity: 'error',
      from: from('^src/tokens\\.ts$'),
      to: { path: '^src/', pathNot: '^src/_schema\\.ts$' }
    },
    {
      name: 'manager-below-the-views',
      comment: 'manager and api know neither views nor plugins.',
      severity: 'error',
      from: from('^src/(manager|api)(\\.ts|/)'),
      to: { path: '^src/(plugins|widgets)/' }
    },
    {
      name: 'api-sees-types-only',
      comment: 'api.ts is a stateless client: it stands on the wire types.',
      severity: 'error',
      from: from('^src/api\\.ts$'),
      to: { path: '^src/(manager|plugins|widgets|index)' }
    },
    {
      name: 'schema-is-types',
      comment: '_schema.ts is generated and holds types only.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/_schema\\.ts$', dependencyTypesNot: ['type-only'] }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.check.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings']
    }
  }
};
