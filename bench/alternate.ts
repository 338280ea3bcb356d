/**
 * Lets all have their turn (A B C, A B C, …), so that whatever the machine does meanwhile meets all alike: for so many
 * rounds, or until the time is over, but never fewer than two. A round before them warms up and is not counted.
 */
export async function alternate<Name extends string, Measured>(
  contestants: Record<Name, () => Promise<Measured>>,
  options: { rounds: number; limitMs: number; warmUp?: boolean },
): Promise<Record<Name, Measured[]>> {
  const names = Object.keys(contestants) as Name[]
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<
    Name,
    Measured[]
  >
  if (options.warmUp ?? true) for (const name of names) await contestants[name]()
  const until = performance.now() + options.limitMs
  for (let round = 0; round < options.rounds; round += 1) {
    if (round >= 2 && performance.now() > until) break
    for (const name of names) measured[name].push(await contestants[name]())
  }
  return measured
}
