namespace Modular.Host.Frame.Cached;

/// <summary>
/// What System.IO.Hashing lacks of the CRC-32 that gzip wants (RFC 1952, section 8): two of them put together, the sum of A followed by
/// B from the sums of both, without reading either again. A sum is a remainder of polynomials over GF(2), lowest bit the highest power;
/// bytes appended multiply it by x^8 each.
/// </summary>
public static class Crc
{
    private const uint Polynomial = 0xEDB88320;
    private const uint One = 0x80000000;

    /// <param name="shift">Of what follows: <see cref="Shift"/> of its length.</param>
    public static uint Join(uint before, uint after, uint shift) => Times(shift, before) ^ after;

    /// <summary>x to the power of eight times the length: what so many bytes behind it do to a sum.</summary>
    public static uint Shift(long length)
    {
        var (power, square) = (One, One >> 8);
        for (; length > 0; length >>= 1)
        {
            power = (length & 1) == 0 ? power : Times(square, power);
            square = Times(square, square);
        }

        return power;
    }

    private static uint Times(uint a, uint b)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1, b = TimesX(b))
        {
            product ^= (a & bit) == 0 ? 0 : b;
        }

        return product;
    }

    private static uint TimesX(uint c) => (c >> 1) ^ ((c & 1) == 0 ? 0 : Polynomial);
}
