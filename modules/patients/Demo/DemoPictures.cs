using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Modular.Patients.Demo;

/// <summary>Stands where a photo would: a small landscape of sky, sun and two hills, drawn here. The demo's people are nobody, so they have no faces.</summary>
internal static class DemoPictures
{
    private const int Side = 160;

    private static readonly (byte R, byte G, byte B)[] Skies = [(196, 226, 240), (250, 222, 196), (214, 210, 240), (206, 234, 214), (248, 214, 220), (226, 230, 236)];
    private static readonly (byte R, byte G, byte B)[] Hills = [(46, 110, 120), (150, 92, 60), (88, 78, 150), (52, 120, 78), (150, 70, 96), (70, 84, 104)];

    public static MemoryStream Png(int number)
    {
        // A row of a PNG begins with its filter, 0 for none.
        var rows = new byte[Side * (1 + (Side * 3))];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (r, g, b) = Color(number, x, y);
                (rows[(y * (1 + (Side * 3))) + 1 + (x * 3)], rows[(y * (1 + (Side * 3))) + 2 + (x * 3)], rows[(y * (1 + (Side * 3))) + 3 + (x * 3)]) = (r, g, b);
            }
        }

        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        (header[8], header[9]) = (8, 2); // eight bits each of red, green and blue
        var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        png.Position = 0;
        return png;
    }

    private static (byte R, byte G, byte B) Color(int number, int x, int y)
    {
        var (sky, hill) = (Skies[number % Skies.Length], Hills[number % Hills.Length]);
        var (sunX, sunY) = (40 + (number * 37 % 80), 36 + (number * 13 % 28));
        var back = 84 + (14 * Math.Sin((x + (number * 31)) / 26.0));
        var front = 116 + (16 * Math.Sin((x + (number * 17)) / 38.0));
        var color = Over(sky, (255, 250, 232), 20 - Math.Sqrt(((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY))));
        color = Over(color, Mix(hill, sky, .45), y - back);
        return Over(color, hill, y - front);
    }

    /// <summary>The color on top as far as it reaches here; half a pixel to each side of its edge is between the two.</summary>
    private static (byte, byte, byte) Over((byte, byte, byte) under, (byte, byte, byte) top, double inside) => Mix(under, top, Math.Clamp(inside + .5, 0, 1));

    private static (byte, byte, byte) Mix((byte R, byte G, byte B) a, (byte R, byte G, byte B) b, double share) =>
        ((byte)(a.R + ((b.R - a.R) * share)), (byte)(a.G + ((b.G - a.G) * share)), (byte)(a.B + ((b.B - a.B) * share)));

    private static void Chunk(MemoryStream png, string type, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(named));
        png.Write(number);
    }

    /// <summary>CRC-32 as PNG wants it (annex D of its specification).</summary>
    private static uint Checksum(byte[] content)
    {
        var sum = uint.MaxValue;
        foreach (var one in content)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 0 ? sum >> 1 : 0xEDB88320 ^ (sum >> 1);
            }
        }

        return ~sum;
    }
}
