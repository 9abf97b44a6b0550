using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Modular.Host.Disk;
using Modular.Host.Start;

namespace Modular.Host.Keys;

/// <summary>Seals a data-protection key with the master key.</summary>
public sealed class MasterKeyEncryptor(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", Convert.ToBase64String(master.Encrypt(Encoding.UTF8.GetBytes(plaintextElement.ToString())))), typeof(MasterKeyDecryptor));
}
