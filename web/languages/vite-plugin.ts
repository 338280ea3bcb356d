import { readFile } from 'node:fs/promises'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'

const prefix = 'virtual:languages/'

/**
 * Makes `virtual:languages/<language>` from `<language>.json`: ICU messages compiled to tokens.
 *
 * The browser gets tokens only; a parser would weigh more than both catalogues. A message that does not compile fails
 * the build.
 */
export function languageCatalogues(): Plugin {
  return {
    name: 'language-catalogues',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const file = new URL(`./${id.slice(prefix.length + 1)}.json`, import.meta.url)
      this.addWatchFile(file.pathname)
      return `export default ${JSON.stringify(compileCatalogue(JSON.parse(await readFile(file, 'utf8'))))}`
    },
  }
}

/** @throws when a message is not valid ICU, naming its id */
export function compileCatalogue(messages: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(messages).map(([id, message]) => {
      try {
        return [id, compileMessageOrThrow(message)] as const
      } catch (cause) {
        throw new Error(`the message ${id} does not compile`, { cause })
      }
    }),
  )
}
