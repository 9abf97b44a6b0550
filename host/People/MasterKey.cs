using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Modular.Host.People;

/// <summary>
/// The one key outside the databases. It encrypts the data-protection keys, so that a stolen dump opens no cookie and no secret.
/// From MODULAR_KEY (base64, 32 bytes: for containers and several machines), else from a file that only the host's user may read.
/// </summary>
public sealed class MasterKey(StartOptions options)
{
    private readonly Lazy<byte[]> key = new(() => Read(options));

    public byte[] Encrypt(byte[] plain)
    {
        var sealedBytes = new byte[12 + 16 + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, 12));
        using var aes = new AesGcm(key.Value, 16);
        aes.Encrypt(sealedBytes.AsSpan(0, 12), plain, sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16));
        return sealedBytes;
    }

    public byte[] Decrypt(byte[] sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - 28];
        using var aes = new AesGcm(key.Value, 16);
        aes.Decrypt(sealedBytes.AsSpan(0, 12), sealedBytes.AsSpan(28), sealedBytes.AsSpan(12, 16), plain);
        return plain;
    }

    private static byte[] Read(StartOptions options)
    {
        if (Environment.GetEnvironmentVariable("MODULAR_KEY") is { Length: > 0 } given)
        {
            var key = Convert.FromBase64String(given);
            return key.Length == 32 ? key : throw new InvalidOperationException("MODULAR_KEY must be 32 bytes in base64.");
        }

        Directory.CreateDirectory(options.DataDirectory);
        var file = Path.Combine(options.DataDirectory, "master.key");
        if (!File.Exists(file))
        {
            Make(file);
        }

        return Convert.FromBase64String(File.ReadAllText(file));
    }

    /// <summary>Written beside and moved into place: two hosts that start together never read half a key, and the first one wins.</summary>
    private static void Make(string file)
    {
        var beside = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var made = new FileStream(beside, options))
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

/// <summary>Seals a data-protection key with the master key.</summary>
public sealed class MasterKeyEncryptor(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", Convert.ToBase64String(master.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString())))), typeof(MasterKeyDecryptor));
}

public sealed class MasterKeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(Encoding.UTF8.GetString(services.GetRequiredService<MasterKey>().Decrypt(Convert.FromBase64String(encryptedElement.Value))));
}
