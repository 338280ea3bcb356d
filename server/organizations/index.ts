export type { DatabaseRole, Organization } from './organization.ts'
export { Organizations } from './organizations.ts'
