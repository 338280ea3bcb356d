/** What we may ask of the portal around us. */
export interface PortalHost {
  /** the app is installed: said once, by the page that an administrator sees first */
  finishInstall(): void
  /** opens this page anew, as somebody who has just come: the portal says again who looks */
  reload(): void
  /** as tall as what stands in it */
  fit(): void
}

/** The part of the portal's own script that is used. */
interface Bx24 {
  init(then: () => void): void
  installFinish(): void
  reloadWindow(): void
  fitWindow(): void
}

/** Where the script is missing the page is as useful as before, and a little less comfortable. */
export function connectPortal(): PortalHost {
  const { BX24: script } = globalThis as { BX24?: Bx24 }
  const ask = (work: (script: Bx24) => void): void => {
    if (script !== undefined) script.init(() => work(script))
  }
  return {
    finishInstall: () => ask((host) => host.installFinish()),
    reload: () => (script === undefined ? globalThis.location.reload() : ask((host) => host.reloadWindow())),
    fit: () => ask((host) => host.fitWindow()),
  }
}
