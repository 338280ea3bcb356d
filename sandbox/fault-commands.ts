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
    ...endFaultCommands(prefix, of),
  }
}

/** `POST /control/<prefix>/cancel` and `/clear`, also where the orders have shapes of their own. */
export function endFaultCommands(
  prefix: string,
  of: (sandbox: Sandbox) => { cancel(id: number): void; clear(): void },
): Record<string, Command> {
  return {
    [`${prefix}/cancel`]: command(z.object({ id: z.number() }), (sandbox, { id }) => of(sandbox).cancel(id)),
    [`${prefix}/clear`]: command(z.object({}), (sandbox) => of(sandbox).clear()),
  }
}
