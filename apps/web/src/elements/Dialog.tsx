import { CloseButton, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/index.js';

interface Props {
  title: string;
  onClose: () => void;
  size?: string;
  children: ReactNode;
}

/** A dialog over the page. Mantine's own head is a `header`, which screen readers take for a second banner of the page. */
export function Dialog({ title, onClose, size = 'md', children }: Props) {
  return (
    <Modal opened onClose={onClose} withCloseButton={false} size={size}>
      <Group justify="space-between" align="start" wrap="nowrap" mb="md">
        <Modal.Title fw={600}>{title}</Modal.Title>
        <CloseButton onClick={onClose} aria-label={words.frame.close} />
      </Group>
      {children}
    </Modal>
  );
}
