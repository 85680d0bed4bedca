import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { call } from '../api/client.js';
import { useCommand } from '../api/hooks.js';
import type { Person } from '../api/person.js';
import { words } from '../words/index.js';

const { nav } = words.frame;

/** What is one's own, behind one's name. */
export default function PersonalMenu({ person }: { person: Person }) {
  const signOut = useCommand(() => call('DELETE', '/session'), { onDone: () => location.assign('/') });
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="xs"
          rightSection={<IconChevronDown size={14} />}
          aria-label={`${nav.account}: ${person.name}`}
          maw={180}
        >
          {person.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        {PERSONAL.map(([to, label]) => (
          <Menu.Item key={to} component={Link} to={to}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.run()}>{nav.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const PERSONAL = [
  ['/access-requests', nav.requests],
  ['/grants', nav.grants],
  ['/organizations', nav.organizations],
  ['/profile', nav.profile],
  ['/security', nav.security],
  ['/tokens', nav.tokens],
  ['/privacy', nav.privacy],
] as const;
