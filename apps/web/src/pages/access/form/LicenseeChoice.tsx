import { NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import type { LicenseeInput, OrganizationListed } from '@paddock/contracts';
import type { Wire } from '../../../api/wire.js';
import { countryOptions, nameOfCountry } from '../../../elements/countries.js';
import { ACCESS } from '../../../words/access.js';
import { words } from '../../../words/index.js';

const { form: said } = ACCESS;

export type Organizations = readonly Wire<typeof OrganizationListed>[];

/** For whom access is asked, as far as it is said: `organization` is an id, or empty for oneself. */
export interface LicenseeHeld {
  organization: string;
  legalName: string;
  country: string;
}

export const LICENSEE_CONTROLS = { legalName: 'licensee-legal-name', country: 'licensee-country' } as const;

/** As the API takes it; undefined while it is not said in full. */
export function licenseeOf({ organization, legalName, country }: LicenseeHeld): LicenseeInput | undefined {
  if (organization) return { kind: 'organization', id: organization };
  if (!legalName.trim() || !country) return undefined;
  return { kind: 'individual', legalName: legalName.trim(), country };
}

interface Props {
  held: LicenseeHeld;
  organizations: Organizations;
  /** Whether to say what is missing. */
  checked: boolean;
  onChange: (held: LicenseeHeld) => void;
}

/** Oneself, or an organization of one's own: whoever is named here will be bound by the license. */
export function LicenseeChoice({ held, organizations, checked, onChange }: Props) {
  const oneself = held.organization === '' && (
    <Stack gap="sm" pl={organizations.length > 0 ? 'xl' : 0} maw="60ch">
      <TextInput
        id={LICENSEE_CONTROLS.legalName}
        label={said.legalName}
        description={said.legalNameHelp}
        autoComplete="name"
        maxLength={200}
        value={held.legalName}
        error={checked && !held.legalName.trim() && said.fault('must be answered')}
        onChange={({ currentTarget }) => onChange({ ...held, legalName: currentTarget.value })}
      />
      <NativeSelect
        id={LICENSEE_CONTROLS.country}
        label={said.country}
        autoComplete="country"
        data={[{ value: '', label: words.frame.choose }, ...countryOptions()]}
        value={held.country}
        error={checked && !held.country && said.fault('must be answered')}
        onChange={({ currentTarget }) => onChange({ ...held, country: currentTarget.value })}
      />
    </Stack>
  );
  if (organizations.length === 0) return oneself;
  return (
    <Radio.Group
      name="licensee"
      label={said.forWhom}
      description={said.forWhomHelp}
      value={held.organization}
      onChange={(organization) => onChange({ ...held, organization })}
    >
      <Stack gap="sm" mt="xs">
        <Radio value="" label={said.forMyself} />
        {oneself}
        {organizations.map(({ id, legalName, country }) => (
          <Radio key={id} value={id} label={said.forOrganization(legalName, nameOfCountry(country))} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
