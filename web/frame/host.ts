import sdkModule, { Command, Event, View } from '@pipedrive/app-extensions-sdk'
import type { FrameAddress, Theme } from './address.ts'
import { FrameProblem } from './problem.ts'

/** Pipedrive shows no page that takes longer to say that it is there. */
const patienceMs = 10_000

export interface Visibility {
  visible: boolean
  /** who opened or closed it; undefined where the host does not say */
  by: 'user' | 'command' | undefined
  /** whatever came along, in the host's own words */
  context: unknown
}

/** What we may ask of the page around us, and what it tells. */
export interface Host {
  /** resolves when the host has heard us. @throws {FrameProblem} `host-silent` */
  ready: Promise<void>
  /** a token signed just now. @throws {FrameProblem} `host-refuses` */
  freshToken(): Promise<string>
  showWindow(): void
  hideWindow(): void
  /** the number beside our sign in the host's dock; 0: none */
  badge(count: number): void
  height(pixels: number): void
  /** @returns false where the host does not go there */
  openPerson(id: string): Promise<boolean>
  onVisibility(heard: (visibility: Visibility) => void): () => void
  onTheme(heard: (theme: Theme) => void): () => void
}

/** Speaks with Pipedrive around us through its own SDK. */
export function connectHost({ id }: FrameAddress & { id: string }, size: { height: number }): Host {
  const sdk = new sdkModule.default({ identifier: id })
  const ready = within(patienceMs, sdk.initialize({ size })).then(() => undefined)
  ready.catch(() => undefined) // told by whoever waits for it

  /** For what is nice to have: a host that does not do it leaves our page as useful as before. */
  const ask = (work: () => Promise<unknown>): void => void ready.then(work).catch(() => undefined)

  return {
    ready,
    async freshToken() {
      await ready
      try {
        return (await sdk.execute(Command.GET_SIGNED_TOKEN)).token
      } catch (cause) {
        throw new FrameProblem('host-refuses', cause)
      }
    },
    showWindow: () => ask(() => sdk.execute(Command.SHOW_FLOATING_WINDOW, {})),
    hideWindow: () => ask(() => sdk.execute(Command.HIDE_FLOATING_WINDOW, {})),
    badge: (number) => ask(() => sdk.execute(Command.SET_NOTIFICATION, { number })),
    height: (height) => ask(() => sdk.execute(Command.RESIZE, { height })),
    openPerson: (id) =>
      ready
        .then(() => sdk.execute(Command.REDIRECT_TO, { view: View.CONTACTS, id: Number(id) }))
        .then(
          () => true,
          () => false,
        ),
    onVisibility: (heard) =>
      sdk.listen(Event.VISIBILITY, ({ data }) => {
        if (data) heard({ visible: data.is_visible, by: data.context?.invoker, context: data.context ?? {} })
      }),
    onTheme: (heard) =>
      sdk.listen(Event.USER_SETTINGS_CHANGE, ({ data }) => {
        if (data) heard(String(data.theme) === 'dark' ? 'dark' : 'light')
      }),
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new FrameProblem('host-silent')), ms)
    work.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
}
