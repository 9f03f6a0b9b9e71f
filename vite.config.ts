import { chmodSync } from 'node:fs';
import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };

/**
 * What main leaves to `import` at run time: Node, Electron and what has native parts. All else is bundled, because
 * looking for a module and reading it takes longer than running it: hundreds of small files would make a slow start.
 */
const NATIVE = ['better-sqlite3', 'keytar'];
const external = ['electron', /^node:/, ...builtinModules, ...NATIVE];

/** Each program lists the packages bundled into it: packages name them, with their licences. Never shipped itself. */
const license = { fileName: '.vite/license.json' };

/** npm makes a bin executable when it links it, not when it is built again. */
const executableCli: Plugin = {
  name: 'executable-cli',
  applyToEnvironment: environment => environment.name === 'main',
  writeBundle: () => chmodSync('dist/main/cli.js', 0o755),
};

/**
 * One configuration for three programs and a library; `vite build --app` builds all of them.
 * - client: the renderer, a web page without Node, every asset bundled.
 * - preload: CommonJS, because a sandboxed preload cannot be an ES module.
 * - main: ES modules for Node, with one entry for the desktop, one for the command line, one for what both do in the
 *   background, and one for the thread that counts.
 * - verify: one ES module with all that it needs, so that a service can take that single file. `tsc` adds its types.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  // The page's styles and scripts carry a nonce that main fills in anew for each load.
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), executableCli],
  define: { __VERSION__: JSON.stringify(manifest.version) },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: '../dist/renderer',
        emptyOutDir: true,
        license,
        modulePreload: false,
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 1500,
      },
    },
    preload: {
      consumer: 'server',
      build: {
        outDir: '../dist/preload',
        emptyOutDir: true,
        license,
        ssr: true,
        rolldownOptions: {
          input: 'preload/index.ts',
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
      resolve: { noExternal: true },
    },
    main: {
      consumer: 'server',
      build: {
        outDir: '../dist/main',
        emptyOutDir: true,
        license,
        ssr: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: {
            index: 'main/index.ts',
            cli: 'main/cli.ts',
            worker: 'main/worker.ts',
            'counts-worker': 'main/counts-worker.ts',
          },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
      resolve: { noExternal: true, external: NATIVE },
    },
    verify: {
      consumer: 'server',
      build: {
        outDir: '../dist/verify',
        emptyOutDir: true,
        ssr: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: { index: 'main/verify/index.ts' },
          output: { format: 'es', entryFileNames: '[name].js', codeSplitting: false },
        },
      },
      resolve: { noExternal: true },
    },
  },
});
