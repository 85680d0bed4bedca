import { Accounts1764000000001 } from './1764000000001-accounts.js';
import { Licenses1764000000002 } from './1764000000002-licenses.js';
import { Catalog1764000000003 } from './1764000000003-catalog.js';
import { Grants1764000000004 } from './1764000000004-grants.js';
import { Evidence1764000000005 } from './1764000000005-evidence.js';
import { ReleaseStates1764000000006 } from './1764000000006-release-states.js';
import { SignIn1764000000007 } from './1764000000007-sign-in.js';
import { MailAndWebhooks1764000000008 } from './1764000000008-mail-and-webhooks.js';
import { Organizations1764000000009 } from './1764000000009-organizations.js';
import { Reviews1764000000010 } from './1764000000010-reviews.js';
import { Rules1764000000011 } from './1764000000011-rules.js';
import { Renewals1764000000012 } from './1764000000012-renewals.js';
import { Prerequisites1764000000013 } from './1764000000013-prerequisites.js';
import { PolicyArchive1764000000014 } from './1764000000014-policy-archive.js';
import { AssentRecords1764000000015 } from './1764000000015-assent-records.js';
import { TransparencyLog1764000000018 } from './1764000000018-transparency-log.js';
import { SpecialLicenses1764000000019 } from './1764000000019-special-licenses.js';
import { Certificates1764000000020 } from './1764000000020-certificates.js';
import { Audit1764000000021 } from './1764000000021-audit.js';
import { Auditors1764000000022 } from './1764000000022-auditors.js';
import { Erasures1764000000023 } from './1764000000023-erasures.js';
import { Retention1764000000024 } from './1764000000024-retention.js';
import { Torrents1764000000025 } from './1764000000025-torrents.js';
import { Swarms1764000000026 } from './1764000000026-swarms.js';
import { MementoOrder1764000000027 } from './1764000000027-memento-order.js';
import { Runtimes1764000000028 } from './1764000000028-runtimes.js';
import { ReleaseLayouts1764000000029 } from './1764000000029-release-layouts.js';
import { Verifications1764000000030 } from './1764000000030-verifications.js';
import { TransferProgress1764000000031 } from './1764000000031-transfer-progress.js';
import { LinkReservations1764000000034 } from './1764000000034-link-reservations.js';
import { RecoveredEntries1764000000036 } from './1764000000036-recovered-entries.js';
import { LedgerHalt1764000000037 } from './1764000000037-ledger-halt.js';
import { PortalKeys1764000000038 } from './1764000000038-portal-keys.js';

/** In the order in which they run. Append; never change one that has landed. */
export const MIGRATIONS = [
  Accounts1764000000001,
  Licenses1764000000002,
  Catalog1764000000003,
  Grants1764000000004,
  Evidence1764000000005,
  ReleaseStates1764000000006,
  SignIn1764000000007,
  MailAndWebhooks1764000000008,
  Organizations1764000000009,
  Reviews1764000000010,
  Rules1764000000011,
  Renewals1764000000012,
  Prerequisites1764000000013,
  PolicyArchive1764000000014,
  AssentRecords1764000000015,
  TransparencyLog1764000000018,
  SpecialLicenses1764000000019,
  Certificates1764000000020,
  Audit1764000000021,
  Auditors1764000000022,
  Erasures1764000000023,
  Retention1764000000024,
  Torrents1764000000025,
  Swarms1764000000026,
  MementoOrder1764000000027,
  Runtimes1764000000028,
  ReleaseLayouts1764000000029,
  Verifications1764000000030,
  TransferProgress1764000000031,
  LinkReservations1764000000034,
  RecoveredEntries1764000000036,
  LedgerHalt1764000000037,
  PortalKeys1764000000038,
];

/** Tables of which the server's role may not change or delete a row. Triggers say so too. */
export const APPEND_ONLY_TABLES = [
  'document',
  'capture',
  'snapshot_text',
  'snapshot_timestamp',
  'license',
  'license_version',
  'clause',
  'license_version_policy',
  'agreement',
  'agreement_policy',
  'form_version',
  'access_terms',
  'decision',
  'review_note',
  'rule_version',
  'rule_dry_run',
  'rule_switch',
  'quiz_version',
  'quiz_attempt',
  'presentation_observation',
  'acceptance',
  'grant_period',
  'prerequisite_evidence',
  'ledger_entry',
  'entry_index',
  'checkpoint',
  'cosignature',
  'artifact_pieces',
  'torrent',
  'release_layout',
  'verification',
  'event',
] as const;
