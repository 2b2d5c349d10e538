import { Cpu, HardDrive, type LucideIcon, Monitor, Server } from 'lucide-react';
import type { DeviceScores } from '@/api/generated/types.gen';
import { Streak } from '@/components/Streak';
import { score } from '@/lib/format';
import { Card } from '@/ui/Card';

const DEVICES: [keyof DeviceScores, string, LucideIcon][] = [
  ['raspberry_pi', 'Raspberry Pi', Cpu],
  ['jetson_nano', 'Jetson Nano', HardDrive],
  ['desktop_pc', 'Desktop PC', Monitor],
  ['aws_server', 'AWS server', Server],
];

/** How well each class of device holds the model. */
export function DevicePicture({ devices }: { devices: DeviceScores }) {
  return (
    <Card title="Where it fits">
      <ul className="grid gap-3.5">
        {DEVICES.map(([key, name, Icon]) => (
          <li key={key} className="grid grid-cols-[1.4rem_1fr_auto] items-center gap-x-2 gap-y-1.5">
            <Icon size={17} className="text-muted" aria-hidden />
            <span>{name}</span>
            <span className="font-mono text-[0.9rem]">{score(devices[key])}</span>
            <Streak score={devices[key]} label={name} className="col-span-3 h-2.5" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
