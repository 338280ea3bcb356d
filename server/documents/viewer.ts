import type { FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import { requireAccount, requireAdministrator } from '../http/account.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Approver, ShownApproval } from '../privacy/approvals.ts'
import type { OwnParagraph } from '../privacy/own-paragraphs.ts'
import { OrganizationDocuments } from './organization-documents.ts'
import type { RecordContent } from './record-content.ts'
import { operatorRecordHere, organizationRecordHere } from './record-here.ts'
import { Records, type RecordVersion } from './records.ts'

/** A version of whoever's record, and who approved it as far as that is kept. */
export interface ViewedVersion extends RecordVersion {
  approval: Partial<ShownApproval>
}

/** Whose documents are looked at: the operator's own, or an organization's, by an administrator of it. */
export interface Viewer {
  organization: Organization | undefined
  paragraphs(): Promise<OwnParagraph[]>
  setParagraph(paragraph: OwnParagraph): Promise<void>
  /** the record as the installation is now */
  recordHere(): Promise<RecordContent>
  /** versions of it that were approved, the latest first */
  records(): Promise<ViewedVersion[]>
  approveRecord(content: RecordContent, by: Approver): Promise<void>
}

/** @throws `unauthorized`, `forbidden` for everybody else */
export async function viewerOf(app: App, request: FastifyRequest): Promise<Viewer> {
  const account = await requireAccount(app, request)
  return account.kind === 'operator' ? operator(app) : administrator(app, request)
}

function operator(app: App): Viewer {
  const records = new Records(app.cluster, app.approvals)
  return {
    organization: undefined,
    paragraphs: () => app.paragraphs.list(),
    setParagraph: (paragraph) => app.paragraphs.set(paragraph),
    recordHere: () => operatorRecordHere(app),
    async records() {
      const versions = await records.versions()
      const shown = await app.approvals.shown(versions.map(({ approvalId }) => approvalId))
      return versions.map((one) => ({ ...one, approval: shown.get(one.approvalId) ?? {} }))
    },
    async approveRecord(content, by) {
      await records.approve(content, by)
    },
  }
}

async function administrator(app: App, request: FastifyRequest): Promise<Viewer> {
  const { organization, user } = await requireAdministrator(app, request)
  const documents = new OrganizationDocuments(app)
  return {
    organization,
    paragraphs: () => documents.paragraphs(organization),
    setParagraph: (paragraph) => documents.setParagraph(organization, user.connectionId, paragraph),
    recordHere: async () =>
      organizationRecordHere(app, organization, await documents.paragraphs(organization)),
    records: () => documents.records(organization),
    approveRecord: (content, by) => documents.approveRecord(organization, user.connectionId, { content, by }),
  }
}
