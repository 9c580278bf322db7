/** The peers' programs: where they come from, under which names they are found, and how they are built where they are not. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Source {
  readonly name: string;
  /** What it may be called where it is installed. */
  readonly programs: readonly string[];
  readonly module: string;
  readonly version: string;
  readonly main: string;
  /** Of its build. */
  readonly tags?: string;
}

export const sources = {
  gatus: { name: 'gatus', programs: ['gatus'], module: 'github.com/TwiN/gatus/v5', version: 'v5.36.0', main: 'github.com/TwiN/gatus/v5' },
  blackbox: {
    name: 'blackbox',
    programs: ['blackbox', 'blackbox_exporter', 'prometheus-blackbox-exporter'],
    module: 'github.com/prometheus/blackbox_exporter',
    version: 'v0.28.0',
    main: 'github.com/prometheus/blackbox_exporter',
  },
  cloudprober: {
    name: 'cloudprober',
    programs: ['cloudprober'],
    module: 'github.com/cloudprober/cloudprober',
    version: 'v0.14.4',
    main: 'github.com/cloudprober/cloudprober/cmd/cloudprober',
  },
  prometheus: {
    name: 'prometheus',
    programs: ['prometheus'],
    module: 'github.com/prometheus/prometheus',
    version: 'v0.315.0',
    main: 'github.com/prometheus/prometheus/cmd/prometheus',
    // Finding targets in every cloud is most of what there is to compile, and is not asked for.
    tags: 'remove_all_sd',
  },
  alertmanager: {
    name: 'alertmanager',
    programs: ['alertmanager', 'prometheus-alertmanager'],
    module: 'github.com/prometheus/alertmanager',
    version: 'v0.28.1',
    main: 'github.com/prometheus/alertmanager/cmd/alertmanager',
  },
} as const satisfies Readonly<Record<string, Source>>;

/** In a folder of the user's, in the PATH, or built from the Go proxy into the folder. `undefined` where none of that works. */
export function findProgram(source: Source, folder: string, mayInstall: boolean): string | undefined {
  const places = [join(folder, 'bin'), folder, ...(process.env.PATH ?? '').split(delimiter)];
  return places.flatMap((place) => source.programs.map((name) => join(place, name))).find(isProgram) ?? (mayInstall ? install(source, folder) : undefined);
}
function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** With a pinned go.mod, which asks the proxy for no list of versions. */
function install({ name, module, version, main, tags = '' }: Source, folder: string): string | undefined {
  const [source, program] = [join(folder, 'src', name), join(folder, 'bin', name)];
  try {
    mkdirSync(source, { recursive: true });
    writeFileSync(join(source, 'go.mod'), `module peer\n\ngo 1.24\n\nrequire ${module} ${version}\n`);
    const environment = {
      ...process.env,
      GOFLAGS: '-buildvcs=false -modcacherw -mod=mod',
      GOMODCACHE: join(folder, 'go/mod'),
      GOCACHE: join(folder, 'go/build'),
    };
    execFileSync('go', ['build', '-tags', tags, '-o', program, main], { cwd: source, env: environment, stdio: 'ignore' });
    return program;
  } catch {
    return undefined;
  }
}
