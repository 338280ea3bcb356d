/*
 * Stands in for //api.bitrix24.com/api/v1/ in a page that the portal shows in a frame: init, install, installFinish,
 * getAuth, refreshAuth, placement.*. Commands go to the portal's page as text: command:parameters:callback:APP_SID.
 */
;(() => {
  const [domain = '', protocol = '', sid = ''] = window.name.split('|')
  const portal = URL.canParse(`${protocol === '1' ? 'https' : 'http'}://${domain}`)
    ? new URL(`${protocol === '1' ? 'https' : 'http'}://${domain}`).origin
    : ''
  const callbacks = new Map()
  let data
  let onInstall
  let lastId = 0

  function send(command, params, callback) {
    if (portal === '' || sid === '') throw new Error('Unable to initialize Bitrix24 JS library!')
    lastId += 1
    const id = `cb${lastId}`
    callbacks.set(id, callback ?? (() => {}))
    parent.postMessage([command, JSON.stringify(params ?? null), id, sid].join(':'), portal)
  }

  addEventListener('message', (event) => {
    if (event.source !== parent || event.origin !== portal || typeof event.data !== 'string') return
    const colon = event.data.indexOf(':')
    callbacks.get(event.data.slice(0, colon))?.(JSON.parse(event.data.slice(colon + 1)))
  })

  /** Runs once the page is there and the portal has said who and where we are. */
  function init(callback) {
    if (data !== undefined) {
      callback?.()
      return
    }
    const ask = () =>
      send('getInitData', {}, (answer) => {
        data = answer
        if (data.INSTALL) onInstall?.()
        callback?.()
      })
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', ask)
    else ask()
  }

  const auth = () => ({
    access_token: data.AUTH_ID,
    refresh_token: data.REFRESH_ID,
    expires_in: data.AUTH_EXPIRES,
    domain: data.DOMAIN,
    member_id: data.MEMBER_ID,
  })

  window.BX24 = {
    init,
    install(callback) {
      onInstall = callback
      if (data?.INSTALL) callback()
    },
    installFinish() {
      send('setInstallFinish', {})
    },
    getAuth: () => (data === undefined ? false : auth()),
    refreshAuth(callback) {
      send('refreshAuth', {}, (fresh) => {
        Object.assign(data, fresh)
        callback?.(auth())
      })
    },
    isAdmin: () => data?.IS_ADMIN === true,
    getLang: () => data?.LANG,
    getDomain: () => domain,
    ready: (callback) => init(callback),
    resizeWindow(width, height, callback) {
      send('resizeWindow', { width, height }, callback)
    },
    fitWindow(callback) {
      send('resizeWindow', { width: '100%', height: document.documentElement.scrollHeight }, callback)
    },
    reloadWindow(callback) {
      send('reloadWindow', {}, callback)
    },
    closeApplication(callback) {
      send('closeApplication', {}, callback)
    },
    placement: {
      info: () => ({ placement: data?.PLACEMENT, options: JSON.parse(data?.PLACEMENT_OPTIONS ?? '{}') }),
      getInterface(callback) {
        send('getInterface', {}, callback)
      },
      call(command, params, callback) {
        send('placementCall', { command, params }, callback)
      },
      bindEvent(event, callback) {
        send('placementBindEvent', { event }, callback)
      },
    },
  }
})()
