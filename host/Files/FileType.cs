using System.Text;
using Modular.Sdk;

namespace Modular.Host.Files;

/// <summary>
/// Judges a file by its first bytes. Its name only tells text from CSV: a page named .pdf is still a page, and refused,
/// because a browser that is made to show it would run it as one of ours.
/// </summary>
public static class FileType
{
    /// <summary>Bytes that are looked at.</summary>
    public const int HeadLength = 4096;

    public const string Accepted = "PDF, PNG, JPEG, GIF, TIFF, plain text and CSV";

    private static readonly (string Type, byte[][] Starts)[] Signatures =
    [
        ("application/pdf", ["%PDF-"u8.ToArray()]),
        ("image/png", [[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]]),
        ("image/jpeg", [[0xFF, 0xD8, 0xFF]]),
        ("image/gif", ["GIF87a"u8.ToArray(), "GIF89a"u8.ToArray()]),
        ("image/tiff", [[(byte)'I', (byte)'I', 0x2A, 0], [(byte)'M', (byte)'M', 0, 0x2A]]),
    ];

    /// <exception cref="FileRefusedException">Of no accepted type.</exception>
    public static string Judge(ReadOnlySpan<byte> head, string name)
    {
        foreach (var (type, starts) in Signatures)
        {
            foreach (var start in starts)
            {
                if (head.StartsWith(start))
                {
                    return type;
                }
            }
        }

        if (IsHeic(head))
        {
            throw new FileRefusedException(HeicRefused(name));
        }

        var extension = Path.GetExtension(name).ToLowerInvariant();
        if (extension is not (".txt" or ".csv") || !IsPlainText(head))
        {
            throw new FileRefusedException($"{name} is not a file we can keep. Accepted are {Accepted}.");
        }

        return extension == ".csv" ? "text/csv" : "text/plain";
    }

    /// <summary>The pictures that phones of one maker take, which browsers do not show.</summary>
    public static bool IsHeic(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 12 && bytes[4..8].SequenceEqual("ftyp"u8) && Heic.Contains(Encoding.Latin1.GetString(bytes[8..12]));

    public static string HeicRefused(string name) =>
        $"{name} is a HEIC picture, which browsers do not show. Set the camera to “Most compatible”, or save the picture as JPEG.";

    private static readonly HashSet<string> Heic = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    private static bool IsPlainText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }

        var start = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n', '\f');
        return start.Length > 0 && start[0] != '<' && !start.StartsWith("#!", StringComparison.Ordinal)
            && !Markup.Any(tag => start.Contains(tag, StringComparison.OrdinalIgnoreCase));
    }

    private static readonly string[] Markup = ["<html", "<!doctype", "<script", "<svg", "<iframe", "<body", "<?php", "<?xml"];
}
