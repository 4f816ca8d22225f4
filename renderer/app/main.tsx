import '../look/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '#core/ipc';
import { nodes } from '#nodes/catalogue';
import { startEditor } from '../commands/start';
import { Frame } from './frame';

const { seedloom } = window as unknown as { seedloom: Bridge };

void startEditor(seedloom, nodes);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Frame />
  </StrictMode>,
);
