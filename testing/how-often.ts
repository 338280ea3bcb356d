/** How often something is tried that chance decides on: a few times before every change, often among the long tests. */
export const howOften = (usually: number, long: number): number =>
  process.env['LONG_TESTS'] === undefined ? usually : long
