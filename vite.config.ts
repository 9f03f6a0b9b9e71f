import { builtinModules } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** What main may leave to `require` at run time: Node, Electron and the production dependencies. */
const external = [
  'electron',
  /^node:/,
  ...builtinModules,
  ...Object.keys(manifest.dependencies).flatMap(name => [name, new RegExp(`^${name}/`)]),
];

/**
 * One configuration for three programs; `vite build --app` builds all of them.
 * - client: the renderer, a web page without Node, every asset bundled.
 * - preload: CommonJS, because a sandboxed preload cannot be an ES module.
 * - main: ES modules for Node, with one entry for the desktop and one for the command line.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  define: { __VERSION__: JSON.stringify(manifest.version) },
  builder: {},
  environments: {
    client: {
      build: { outDir: '../dist/renderer', emptyOutDir: true, modulePreload: false, assetsInlineLimit: 0 },
    },
    preload: {
      consumer: 'server',
      build: {
        outDir: '../dist/preload',
        emptyOutDir: true,
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
        ssr: true,
        target: 'node22',
        minify: false,
        rolldownOptions: {
          input: { index: 'main/index.ts', cli: 'main/cli.ts' },
          external,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
  },
});
