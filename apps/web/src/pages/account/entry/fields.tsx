import { PasswordInput, TextInput } from '@mantine/core';
import { words } from '../../../words/index.js';

const { account } = words;

export const EmailField = () => (
  <TextInput name="email" type="email" label={account.email} required autoComplete="username" maxLength={254} />
);

export const NameField = () => (
  <TextInput name="name" label={account.name} description={account.nameHelp} required autoComplete="name" maxLength={200} />
);

export const PasswordField = ({ fresh = false }: { fresh?: boolean }) => (
  <PasswordInput
    name="password"
    label={fresh ? account.newPassword : account.password}
    {...(fresh && { description: account.passwordHelp, minLength: 10 })}
    required
    maxLength={200}
    autoComplete={fresh ? 'new-password' : 'current-password'}
  />
);
