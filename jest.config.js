/** Levels are in the file name: .spec.ts is pure, .store.spec.ts uses a real engine, .journey.spec.ts real processes. */
export default {
  testEnvironment: 'node',
  // Tests wait for processes and servers; a machine that is busy must not make them fail.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/infra/tooling/failed-tests.reporter.mjs'],
  // In one process for all suites the modules of each stay in memory until collecting them takes most of the time.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/{libs,services,infra}/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/infra/tooling/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: {
    '^aftercare/(.*)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': ['@swc/jest', {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2022',
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    }],
  },
};
