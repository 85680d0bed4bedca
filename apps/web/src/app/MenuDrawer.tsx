import { Drawer, Stack } from '@mantine/core';
import { words } from '../words/index.js';
import { MainLinks } from './MainLinks.js';
import { StaffNav } from './StaffNav.js';

const { nav } = words.frame;

export default function MenuDrawer({ onClose }: { onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} title={nav.menu} size="xs">
      <Stack component="nav" aria-label={nav.menu} gap="sm">
        <MainLinks />
        <StaffNav />
      </Stack>
    </Drawer>
  );
}
