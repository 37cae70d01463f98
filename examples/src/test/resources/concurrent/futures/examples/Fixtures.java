// What a block of Java in the documentation may use without declaring it. It stands for what a reader's own program has
// at that point; a block that needs more declares it itself.
abstract class Fixtures {
    /** An executor that is open. */
    FutureExecutor executor;

    /** Another one. */
    FutureExecutor other;

    /** Futures of strings, some of them done. */
    List<Future<String>> futures;

    /** One of them. */
    Future<String> future;

    /** Addresses, and the files of a folder. */
    List<String> urls;
    List<Path> paths;

    /** What a program does with an address: gets what is there, and reads something from it. */
    static String fetch(String url) throws java.io.IOException {
        return url;
    }

    static int parse(String text) {
        return text.length();
    }

    /** What a program does with a file. */
    static String sha256(Path file) throws java.io.IOException {
        return file.toString();
    }

    /** A task that takes a while and heeds interrupts. */
    static String compute() throws InterruptedException {
        return "";
    }

    /** A number that takes a while to know. */
    static boolean isPrime(long number) {
        return number > 1;
    }
}
