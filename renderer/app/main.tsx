import '../look/look.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from '#core/ipc';
import { catalogueIn } from '#core/words/node-words';
import { nodes } from '#nodes/catalogue';
import { startEditor } from '../commands/start';
import { language } from '../look/words';
import { Frame } from './frame';

const { seedloom } = window as unknown as { seedloom: Bridge };

void startEditor(seedloom, catalogueIn(nodes, language));
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Frame />
  </StrictMode>,
);
