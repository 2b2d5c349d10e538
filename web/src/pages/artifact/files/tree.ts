import type { ArtifactFile } from '@/api/generated/types.gen';

/** A folder with its own files and those below it counted in. */
export type Folder = {
  name: string;
  folders: Folder[];
  files: ArtifactFile[];
  fileCount: number;
  sizeBytes: number;
};

const folder = (name: string): Folder => ({
  name,
  folders: [],
  files: [],
  fileCount: 0,
  sizeBytes: 0,
});

/** A manifest's paths as folders in folders. */
export function treeOf(files: ArtifactFile[]): Folder {
  const root = folder('');
  for (const file of files) {
    let at = root;
    for (const part of ['', ...file.path.split('/').slice(0, -1)]) {
      if (part) {
        let next = at.folders.find(({ name }) => name === part);
        if (!next) {
          next = folder(part);
          at.folders.push(next);
        }
        at = next;
      }
      at.fileCount += 1;
      at.sizeBytes += file.size_bytes;
    }
    at.files.push(file);
  }
  return root;
}
