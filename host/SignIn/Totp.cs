using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Modular.Host.SignIn;

/// <summary>
/// The codes of an authenticator app (RFC 6238: SHA-1, six digits, half a minute). Identity says only that a code is right; which half minute
/// it is of must be known, so that neither it nor an older one counts again.
/// </summary>
public static class Totp
{
    private const int Seconds = 30;

    /// <summary>How far a phone's clock may be off, in half minutes.</summary>
    private const int Skew = 2;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>The half minute since 1970 whose code this is, the newest if it is of two; null when it is of none near now.</returns>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var secret = Base32(key);
        var typed = System.Text.Encoding.ASCII.GetBytes(code);
        var present = now.ToUnixTimeSeconds() / Seconds;
        long? found = null;
        // All of them, whichever is right: how long it takes tells nothing.
        for (var step = present - Skew; step <= present + Skew; step++)
        {
            found = CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeAt(secret, step)), typed) ? step : found;
        }

        return found;
    }

    public static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm is the standard's, and what the apps know.
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 0xf)..]) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static byte[] Base32(string text)
    {
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var letter in text.ToUpperInvariant().TrimEnd('='))
        {
            (held, bits) = ((held << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
