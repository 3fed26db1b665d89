import { setFlagsFromString } from 'node:v8';

/**
 * What glibc's allocator is told in child processes: volumes and frames go back to the system as soon as they are freed. By itself it keeps
 * more and more of them, in an arena for each thread: the process that looks into crystals took four times as much after a night
 * (docs/reliability.md).
 */
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: String(256 * 1024) };

/** Room for young objects in child processes, MB. It grows to 32 by itself and stays there, in each thread; what is large here is no such object. */
export const CHILD_ARGUMENTS = ['--max-semi-space-size=8'];

/**
 * For a process that stays up: garbage is collected once the heap has grown by a third over what is used. By itself V8 lets a small heap
 * grow fourfold, which looks like a leak for hundreds of scans.
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=30');
