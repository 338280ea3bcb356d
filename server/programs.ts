import { command } from './command.ts'
import { failed } from './failure.ts'
import { main } from './main.ts'

/** Commands that run until somebody stops them. */
export const programs = {
  start: command({
    help: [['', 'the server (the same as npm start)']],
    options: {},
    run: async () => void (await main()),
  }),
  demo: command({
    help: [
      [
        '[--phone optimcall|placetel|webex] [--crm pipedrive|bitrix24] [--once [--seed N] [--forget]]',
        'everything on this machine with stand-in vendors; --once plays a day, and a\nshort one of every other pair',
      ],
    ],
    options: {
      phone: 'text',
      crm: 'text',
      once: 'flag',
      forget: 'flag',
      seed: 'text',
      calls: 'text',
      port: 'text',
    },
    run: async ({ phone, crm, once, forget, seed, calls, port }) => {
      const { demo } = await import('../demo/demo.ts')
      await demo({
        phone: oneOf('phone', phone, ['optimcall', 'placetel', 'webex']),
        crm: oneOf('crm', crm, ['pipedrive', 'bitrix24']),
        once,
        forget,
        seed: Number(seed ?? 1),
        calls: Number(calls ?? 200),
        port: Number(port ?? process.env['PORT'] ?? 4000),
      })
      return undefined
    },
  }),
  sandbox: command({
    help: [['[--port N]', 'the stand-in vendors alone']],
    options: {},
    run: async () => void (await import('../sandbox/main.ts')), // reads its options itself
  }),
}

/** The first of them unless it was said. */
function oneOf<T extends string>(
  name: 'phone' | 'crm',
  said: string | undefined,
  known: readonly [T, ...T[]],
): T {
  const sentence = `--${name} is one of ${known.join(', ')}.`
  return known.find((one) => one === (said ?? known[0])) ?? failed({ code: 'setting', name, sentence })
}
