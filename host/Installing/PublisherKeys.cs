using System.Security.Cryptography;

namespace Modular.Host.Installing;

/// <summary>
/// The publishers this host trusts: a folder of ECDSA P-256 public keys in PEM, each file named after its publisher. A package is signed by
/// <c>SHA256SUMS.sig</c>, the signature of its list of hashes.
/// </summary>
public sealed class PublisherKeys(string folder)
{
    public const string SignatureFile = PackageHashes.FileName + ".sig";

    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>Who signed the list.</summary>
    /// <exception cref="PackageRefusedException">None of the trusted publishers did.</exception>
    public string Signer(byte[] list, byte[] signature) =>
        Keys().FirstOrDefault(key => Signed(key, list, signature)) is { } publisher
            ? Path.GetFileNameWithoutExtension(publisher)
            : throw new PackageRefusedException($"It is signed, but by nobody this host trusts: either it was changed after signing, or its publisher's key is not in {folder}.");

    private IEnumerable<string> Keys() => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.pem").Order(StringComparer.Ordinal) : [];

    private static bool Signed(string file, byte[] list, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            // The form that openssl dgst -sign writes.
            return key.ExportParameters(false).Curve.Oid.Value == P256 && key.VerifyData(list, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new PackageRefusedException($"The publisher's key {file} cannot be read; it must be an ECDSA P-256 public key in PEM.");
        }
    }
}
