import { crc32, deflateSync } from 'node:zlib';

/** A valid picture of one grey point, filled up with a comment to the 7858 bytes of the real default. */
export const defaultPicture: Buffer = assemble(7858);

function assemble(size: number): Buffer {
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  // One by one pixel, eight bits, grey.
  const header = chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex'));
  const point = chunk('IDAT', deflateSync(Buffer.from([0, 128])));
  const end = chunk('IEND', Buffer.alloc(0));
  // A chunk has twelve bytes around its data: length, name, checksum.
  const missing = size - signature.length - header.length - point.length - end.length - 12;
  const comment = chunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), Buffer.alloc(missing - 8, '.')]));
  return Buffer.concat([signature, header, comment, point, end]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
