import { command } from '../command.ts'

export const adapterCommands = {
  'adapter new': command({
    help: [
      [
        'NAME --kind phone|crm [--into FOLDER]',
        'writes a package that connects another system, and its test',
      ],
    ],
    options: { kind: 'text', into: 'text' },
    run: async ({ kind, into }, name) => {
      const { writeAdapter } = await import('./new.ts')
      const folder = await writeAdapter({ name, kind, into })
      return { json: { folder }, text: `Made ${folder}: its README.md says how to go on.` }
    },
  }),
  'adapter test': command({
    help: [['[FOLDER]', 'runs the tests of such a package']],
    options: {},
    run: async (_, folder = '.') => {
      const { testAdapter } = await import('./test.ts')
      process.exitCode = await testAdapter(folder)
      return undefined
    },
  }),
}
