using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Modular.Host.Disk;
using Modular.Host.Start;

namespace Modular.Host.Keys;

/// <summary>
/// The one key outside the databases. It encrypts the data-protection keys, so that a stolen dump opens no cookie and no secret.
/// From MODULAR_KEY (base64, 32 bytes: for containers and several machines), else from a file that only the host's user may read.
/// Former keys may follow, with commas or on lines of their own: they open and verify, and seal nothing any more.
/// </summary>
public sealed class MasterKey(StartOptions options)
{
    private readonly Lazy<IReadOnlyList<byte[]>> keys = new(() => Read(options));

    public byte[] Encrypt(byte[] plain)
    {
        var sealedBytes = new byte[12 + 16 + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var aes = new AesGcm(keys.Value[0], 16);
        aes.Encrypt(sealedBytes.AsSpan(0, 12), plain, sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16));
        return sealedBytes;
    }

    public byte[] Decrypt(byte[] sealedBytes)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return Decrypt(keys.Value[i], sealedBytes);
            }
            catch (AuthenticationTagMismatchException) when (i + 1 < keys.Value.Count)
            {
                // Sealed before the key was changed.
            }
        }
    }

    /// <summary>Keys for one purpose, the present one first; none of them tells the master key.</summary>
    public IReadOnlyList<byte[]> Derive(string purpose) =>
        [.. keys.Value.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(purpose)))];

    private static byte[] Decrypt(byte[] key, byte[] sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), plain);
        return plain;
    }

    private static IReadOnlyList<byte[]> Read(StartOptions options)
    {
        if (Environment.GetEnvironmentVariable("MODULAR_KEY") is { Length: > 0 } given)
        {
            return Parse("MODULAR_KEY", given);
        }

        PrivateFiles.CreateFolder(options.DataDirectory);
        var file = Path.Combine(options.DataDirectory, "master.key");
        if (!File.Exists(file))
        {
            Make(file);
        }

        return Parse(file, File.ReadAllText(file));
    }

    private static IReadOnlyList<byte[]> Parse(string where, string text)
    {
        byte[][] keys = [.. text.Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Convert.FromBase64String)];
        return keys.Length > 0 && keys.All(key => key.Length == 32) ? keys : throw new InvalidOperationException($"{where} must be 32 bytes in base64.");
    }

    /// <summary>Written beside and moved into place: two hosts that start together never read half a key, and the first one wins.</summary>
    private static void Make(string file)
    {
        var beside = $"{file}.{Guid.NewGuid():N}";
        using (var made = PrivateFiles.Create(beside))
        {
            made.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        }

        try
        {
            File.Move(beside, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(beside);
        }
    }
}
