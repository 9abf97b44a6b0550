using System.Buffers.Binary;

namespace Modular.Host.Printing;

/// <summary>A font's table from letters to glyphs, in the two forms that fonts of this century have.</summary>
internal static class CharacterMap
{
    public static Dictionary<int, int> Read(byte[] file, int at)
    {
        var map = new Dictionary<int, int>();
        var tables = Enumerable.Range(0, Short(file, at + 2)).Select(i => at + Long(file, at + 8 + (8 * i)));
        foreach (var table in tables.Distinct())
        {
            if (Short(file, table) == 12)
            {
                Groups(file, table, map);
            }
            else if (Short(file, table) == 4)
            {
                Segments(file, table, map);
            }
        }

        return map;
    }

    private static void Groups(byte[] file, int table, Dictionary<int, int> map)
    {
        for (var i = 0; i < Long(file, table + 12); i++)
        {
            var group = table + 16 + (12 * i);
            for (var letter = Long(file, group); letter <= Long(file, group + 4); letter++)
            {
                map.TryAdd(letter, Long(file, group + 8) + letter - Long(file, group));
            }
        }
    }

    private static void Segments(byte[] file, int table, Dictionary<int, int> map)
    {
        var twice = Short(file, table + 6);
        for (var i = 0; i < twice; i += 2)
        {
            var (end, start) = (Short(file, table + 14 + i), Short(file, table + 16 + twice + i));
            var (delta, place) = (Short(file, table + 16 + (2 * twice) + i), table + 16 + (3 * twice) + i);
            var offset = Short(file, place);
            for (var letter = start; letter <= end && letter < 0xFFFF; letter++)
            {
                var glyph = offset == 0 ? letter : Short(file, place + offset + (2 * (letter - start)));
                if (glyph != 0)
                {
                    map.TryAdd(letter, (glyph + delta) & 0xFFFF);
                }
            }
        }
    }

    private static int Short(byte[] file, int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private static int Long(byte[] file, int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
}
