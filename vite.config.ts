import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { languageCatalogues } from './web/languages/vite-plugin.ts'
import { staticTheme } from './web/theme/vite-plugin.ts'

const server = 'http://127.0.0.1:4000'

export default defineConfig({
  root: 'web',
  plugins: [react(), languageCatalogues(), staticTheme()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // A data: address would need its own exception in the content security policy.
    assetsInlineLimit: 0,
    // What goes to browsers is a copy of others' work: their licences go with it.
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      // The app, and the pages inside CRMs: small, because they are loaded with every page there.
      input: ['index.html', 'frame/index.html', 'portal/index.html'].map((page) =>
        fileURLToPath(new URL(`web/${page}`, import.meta.url)),
      ),
      output: {
        // React changes rarely and our code often: apart, the large half stays in the browser's cache.
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/live': server, '/apps': server, '/privacy/policy': server },
  },
})
