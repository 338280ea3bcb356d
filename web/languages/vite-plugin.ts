import { readFile } from 'node:fs/promises'
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Plugin } from 'vite'
import { connectionWords } from './connection-words.ts'

const prefix = 'virtual:languages/'

/**
 * Makes `virtual:languages/<language>` and `virtual:languages/<language>/connections` from `<language>.json`: ICU messages
 * compiled to tokens, those that only the connections pages use apart.
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
      const [language, room] = id.slice(prefix.length + 1).split('/')
      const file = new URL(`./${language}.json`, import.meta.url)
      this.addWatchFile(file.pathname)
      const all: [string, string][] = Object.entries(JSON.parse(await readFile(file, 'utf8')))
      const messages = all.filter(([key]) => isConnectionWord(key) === (room === 'connections'))
      return `export default ${JSON.stringify(compileCatalogue(Object.fromEntries(messages)))}`
    },
  }
}

function isConnectionWord(key: string): boolean {
  return connectionWords.some((beginning) => key.startsWith(beginning))
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
