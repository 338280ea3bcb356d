const againMs = 2_000

/**
 * Loads a part of the page for as long as the server is away, instead of losing the page and what is typed there. After
 * an upgrade the parts an open page has not loaded yet are gone from the server; the new page has its own.
 */
export function untilLoaded<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    let answered = 0
    for (;;) {
      try {
        return await load()
      } catch (error) {
        const build = await serverBuild()
        if (build === 'other') return reloadForGood()
        // It has just come back; or the browser remembers the failure, and whoever shows the part loads the page anew.
        if (build === 'same' && answered++ > 0) throw error
        await new Promise((resolve) => setTimeout(resolve, againMs))
      }
    }
  }
}

/** For parts that are loaded without `untilLoaded`: takes the new page where there is one, and nothing else. */
export async function reloadWhenUpgraded(): Promise<void> {
  if ((await serverBuild()) === 'other') globalThis.location.reload()
}

function reloadForGood(): Promise<never> {
  globalThis.location.reload()
  return new Promise(() => undefined)
}

/** Whether the server has this page or another one; `away`: it does not answer. */
async function serverBuild(): Promise<'same' | 'other' | 'away'> {
  const own = document.querySelector('script[type="module"][src]')?.getAttribute('src')
  try {
    const answer = await fetch('/', { cache: 'no-store' })
    if (!answer.ok) return 'away'
    const page = await answer.text()
    return own == null || page.includes(own) ? 'same' : 'other'
  } catch {
    return 'away'
  }
}
