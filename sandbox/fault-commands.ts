import { z } from 'zod'
import { type Command, command } from './command.ts'
import { type Faults, NewApiFault, NewDeliveryFault, NewDownloadFault } from './faults.ts'
import type { Sandbox } from './index.ts'

/** `POST /control/<prefix>/order` and so on, for the faults of one stand-in. */
export function faultCommands(prefix: string, of: (sandbox: Sandbox) => Faults): Record<string, Command> {
  return {
    [`${prefix}/order`]: command(NewApiFault, (sandbox, input) => ({ id: of(sandbox).order(input) })),
    [`${prefix}/order-delivery`]: command(NewDeliveryFault, (sandbox, input) => ({
      id: of(sandbox).orderDelivery(input),
    })),
    [`${prefix}/order-download`]: command(NewDownloadFault, (sandbox, input) => ({
      id: of(sandbox).orderDownload(input),
    })),
    [`${prefix}/cancel`]: command(z.object({ id: z.number() }), (sandbox, { id }) => of(sandbox).cancel(id)),
    [`${prefix}/clear`]: command(z.object({}), (sandbox) => of(sandbox).clear()),
  }
}
