using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Modular.Tests.People;

/// <summary>An authenticator in software: what a phone or a security key answers (WebAuthn level 2, ES256, no attestation).</summary>
public sealed class SoftPasskey : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
    private uint count;

    private string User { get; set; } = "";

    public string Create(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        User = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var relyingParty = asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!;
        var point = key.ExportParameters(false).Q;
        byte[] cose = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        byte[] data = [.. Head(relyingParty, 0x45), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Answer(new
        {
            clientDataJSON = Encode(ClientData("webauthn.create", asked, origin)),
            attestationObject = Encode(attestation),
            transports = new[] { "internal" },
        });
    }

    public string Get(string options, string origin)
    {
        using var asked = JsonDocument.Parse(options);
        var client = ClientData("webauthn.get", asked, origin);
        var data = Head(asked.RootElement.GetProperty("rpId").GetString()!, 0x05);
        return Answer(new
        {
            clientDataJSON = Encode(client),
            authenticatorData = Encode(data),
            signature = Encode(key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            userHandle = User,
        });
    }

    public void Dispose() => key.Dispose();

    private string Answer(object response) => JsonSerializer.Serialize(new
    {
        id = Encode(id), rawId = Encode(id), type = "public-key", authenticatorAttachment = "platform",
        clientExtensionResults = new { }, response,
    });

    private static byte[] ClientData(string type, JsonDocument asked, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin, crossOrigin = false });

    private byte[] Head(string relyingParty, byte flags)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, .. counter];
    }

    /// <summary>CBOR text shorter than 24 bytes.</summary>
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static string Encode(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
